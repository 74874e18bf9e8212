/** How a desktop user who is not the agent's reaches the agent: a socket of this machine. */
package org.cranny.client.desktop;
