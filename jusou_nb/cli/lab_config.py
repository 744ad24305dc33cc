"""The server's configuration for ``jusou-nb lab``, given to JupyterLab as its config file."""

from importlib.resources import files

from traitlets.config import get_config

from jusou_nb.cli.lab_contents import SourceOnlyManager

c = get_config()
c.ServerApp.contents_manager_class = SourceOnlyManager
# Another account on the same server could listen to a kernel on a TCP port.
c.KernelManager.transport = "ipc"
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.allow_remote_access = False
c.ServerApp.terminals_enabled = False
# Also where the package's shared files are not installed.
c.LabApp.extra_labextensions_path = [str(files("jusou_nb") / "labextension")]
# The desk has a kernel of its own; one that has loaded it stands by.
c.KernelProvisionerFactory.default_provisioner_name = "jusou-provisioner"
# What is thrown away beyond a rate would be missing on the desk.
c.ZMQChannelsWebsocketConnection.limit_rate = False
c.ServerApp.port_retries = 0
c.ServerApp.answer_yes = True
c.LabApp.news_url = None
c.LabApp.extension_manager = "readonly"
c.LabApp.default_url = "/lab/tree/desk.ipynb"
