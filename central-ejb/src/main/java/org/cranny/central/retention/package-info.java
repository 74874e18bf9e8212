/** Which snapshots stay, and the way off the hosts of what no snapshot needs. */
package org.cranny.central.retention;
