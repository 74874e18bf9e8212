/** Looks through snapshots without opening anybody's data: search, versions of a file, what differs. */
package org.cranny.engine.browse;
