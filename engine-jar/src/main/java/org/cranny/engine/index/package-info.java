/** Remembers which chunks a source has stored, and where. */
package org.cranny.engine.index;
