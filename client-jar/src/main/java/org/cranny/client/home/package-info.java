/** The folder in which the backup application keeps all that this machine knows. */
package org.cranny.client.home;
