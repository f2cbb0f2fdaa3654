# Where Debian expects things, in two components that become two packages
# (cmake/package.cmake): kiphan, the scheduler and the command; kiphan-worker,
# which may live on a machine of its own.  Programs are installed by
# program().  The units name programs below /usr: so that is the prefix.
set(SHARE ${CMAKE_INSTALL_DATADIR}/kiphan)

function(pages component)
  foreach(page ${ARGN})
    get_filename_component(section ${page} LAST_EXT)
    string(SUBSTRING ${section} 1 -1 section)
    set(directory ${CMAKE_INSTALL_MANDIR}/man${section})
    install(FILES docs/man/${page} COMPONENT ${component}
            DESTINATION ${directory})
    install(CODE "execute_process(COMMAND_ERROR_IS_FATAL ANY COMMAND gzip -9nf
      \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${directory}/${page}\")"
            COMPONENT ${component})
  endforeach()
endfunction()

# What each of the two has: unit files, users, directories, its papers.
function(service component)
  install(FILES systemd/${component}.sysusers COMPONENT ${component}
          DESTINATION lib/sysusers.d RENAME ${component}.conf)
  install(FILES systemd/${component}.tmpfiles COMPONENT ${component}
          DESTINATION lib/tmpfiles.d RENAME ${component}.conf)
  install(FILES LICENSE RENAME copyright COMPONENT ${component}
          DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${component})
  foreach(unit ${ARGN})
    install(FILES systemd/${unit} COMPONENT ${component}
            DESTINATION lib/systemd/system)
  endforeach()
endfunction()

service(kiphan kiphand.service kiphan-failed@.service kiphan-again@.service
        kiphan-again@.timer)
pages(kiphan kiphan.1 kiphan.yaml.5 kiphand.8)
install(DIRECTORY config/example COMPONENT kiphan DESTINATION ${SHARE}
        PATTERN "__pycache__" EXCLUDE)
install(DIRECTORY docs/schemas COMPONENT kiphan DESTINATION ${SHARE})
install(FILES config/kiphan.schema.json systemd/kiphand-tcp.conf
        COMPONENT kiphan DESTINATION ${SHARE})
install(FILES systemd/kiphan.sudoers COMPONENT kiphan RENAME kiphan
        DESTINATION ${CMAKE_INSTALL_FULL_SYSCONFDIR}/sudoers.d
        PERMISSIONS OWNER_READ GROUP_READ) # sudo wants it so
install(FILES scripts/completion/kiphan.bash RENAME kiphan COMPONENT kiphan
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES README.md CHANGELOG.md docs/protocol.md COMPONENT kiphan
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/kiphan)

service(kiphan-worker kiphan-worker@.service)
# The same under a name of its own: a file belongs to one package only.
foreach(unit failed@.service again@.service again@.timer)
  install(FILES systemd/kiphan-${unit} COMPONENT kiphan-worker
          DESTINATION lib/systemd/system RENAME kiphan-worker-${unit})
endforeach()
pages(kiphan-worker kiphan-worker.8)
install(DIRECTORY config/templates COMPONENT kiphan-worker
        DESTINATION ${SHARE})
