/** What the owner of this machine set: files of the home that the agent, the command line and the window share. */
package org.cranny.client.owner;
