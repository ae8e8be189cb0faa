import { matrix } from './matrix.ts'
import { playCells } from './play-cells.ts'

playCells(matrix.upload)
