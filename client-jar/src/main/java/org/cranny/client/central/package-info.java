/** Talks to central: the machines' listener with this machine's certificate, the people's before it has one. */
package org.cranny.client.central;
