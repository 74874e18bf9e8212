/** The command line. */
package org.cranny.client.cli;
