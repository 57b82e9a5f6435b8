import { assembleCatalogue, type Catalogue } from '@tongban/core';
import { readCatalogueFolder, shippedFolder } from './folder.ts';

/** The catalogue of this folder. `npm test` proves that it passes {@link checkCatalogue}, so it is not checked again. */
export const shippedCatalogue = assembleCatalogue(readCatalogueFolder(shippedFolder)) as Catalogue;
