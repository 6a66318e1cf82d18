namespace TenantPortal.Bench;

/// <summary>Where this checkout keeps what the measurements start.</summary>
internal static class Places
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    public static string Top { get; } = FindTop();
    public static string Web => Path.Combine(Top, "src", "TenantPortal.Web");
    public static string WebProgram { get; } = Environment.GetEnvironmentVariable("PORTAL_PUBLISHED") ?? Path.Combine(Web, "bin", Configuration, "net10.0", "TenantPortal.Web.dll");
    public static string Floor => Path.Combine(Top, "tests", "TenantPortal.Bench", "Floor");
    public static string FloorProgram => Path.Combine(Floor, "bin", Configuration, "net10.0", "Floor.dll");

    private static string FindTop()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "scripts", "pg"))) folder = folder.Parent ?? throw new InvalidOperationException("scripts/pg was not found above the program.");
        return folder.FullName;
    }
}
