/** The manifest that makes a snapshot, and its commit. */
package org.cranny.protocol.snapshot;
