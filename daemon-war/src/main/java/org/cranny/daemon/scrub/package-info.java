/** Reads what is kept again and again, moves aside what is wrong, and has central hear of it. */
package org.cranny.daemon.scrub;
