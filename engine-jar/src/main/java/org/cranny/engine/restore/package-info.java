/** Brings snapshots back: what may be written, and where. */
package org.cranny.engine.restore;
