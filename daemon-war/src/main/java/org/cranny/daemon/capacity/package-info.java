/** How much room is lent, and how much of it is left. */
package org.cranny.daemon.capacity;
