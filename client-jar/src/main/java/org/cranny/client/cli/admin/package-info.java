/** What administrators type: central's resources from the command line. */
package org.cranny.client.cli.admin;
