/** Starts the server that the daemon lives in, so that its listener shows the certificate of the day and knows the realms of the day. */
package org.cranny.daemon.launch;
