/** Finds out whether snapshots can be restored: catalogue, proofs of hosts, every octet, or a restore on trial. */
package org.cranny.engine.check;
