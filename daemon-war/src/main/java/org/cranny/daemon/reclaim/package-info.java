/** The owner lends more or less while the daemon runs, and takes room back. */
package org.cranny.daemon.reclaim;
