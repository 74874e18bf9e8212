/** A window for the owner of this machine. Does nothing that the command line cannot do, in the same words. */
package org.cranny.client.window;
