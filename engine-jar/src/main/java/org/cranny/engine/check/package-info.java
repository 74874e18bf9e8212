/** Finds out whether snapshots can be restored: catalogue, random proofs, or every octet. */
package org.cranny.engine.check;
