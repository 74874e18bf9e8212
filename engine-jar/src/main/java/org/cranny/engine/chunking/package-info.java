/** Cuts files into chunks and names them. */
package org.cranny.engine.chunking;
