/** The catalogue of snapshots, and whose turn it is to add one. */
package org.cranny.central.snapshot;
