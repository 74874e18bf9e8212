/** Programs that central installs on machines. */
package org.cranny.web.pages.installation;
