using TenantPortal.Web;

// ./portal and ./run call this program with a command; "serve" is the one that answers requests
return await Commands.RunAsync(args);

/// <summary>The entry point, visible to the tests that start the real program.</summary>
public partial class Program;
