/** Fragments fetched from other daemons because central said so. */
package org.cranny.daemon.copy;
