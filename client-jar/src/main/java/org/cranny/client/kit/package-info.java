/** The recovery kit: one sealed file that brings a machine's backups back when the machine is gone. */
package org.cranny.client.kit;
