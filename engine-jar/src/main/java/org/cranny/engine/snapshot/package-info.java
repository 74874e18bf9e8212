/** The snapshots of this source, as it keeps them itself. */
package org.cranny.engine.snapshot;
