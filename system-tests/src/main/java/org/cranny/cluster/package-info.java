/** Central and a number of daemons as separate processes on one machine: started, killed and stopped at will. */
package org.cranny.cluster;
