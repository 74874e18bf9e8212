/** Puts the daemon and the backup application on machines that have nothing but sshd (figure 4 of the specification). */
package org.cranny.central.installation;
