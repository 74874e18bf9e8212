/** How this machine, central and the hosts are, now. */
package org.cranny.client.status;
