/** The report to central, and what comes back. */
package org.cranny.daemon.heartbeat;
