/** Writes snapshots as archives that any machine can unpack: tar with everything, zip with what zip knows. */
package org.cranny.engine.archive;
