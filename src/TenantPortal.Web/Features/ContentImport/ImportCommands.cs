using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>The commands that bring content in: the same program as serve, without answering requests. They end with 0, or with 1 when something was refused.</summary>
public static class ImportCommands
{
    public const string Usage = """
          content import DIR [--approve-as STAFF]
                                       take a pack into the library; without a name its guides are drafts
          content try DIR [--client SLUG]
                                       what a pack's triage rules would have changed in the last 90 days; changes nothing
          client import DIR [--dry-run]
                                       bring in a client's folder, or up to date with it; a dry run only says what
                                       would be different
          staff import FILE            found the provider and add its people; prints where each chooses a password
          client list                  the clients of this installation
          demo                         load the demo and every pack; what is there already stays
        """;

    public static Task<int> RunAsync(string[] args, CancellationToken cancel) => args switch
    {
        ["content", "import", var folder] => WithAsync((s, p) => s.GetRequiredService<BringInPack>().RunAsync(Full(folder), null, p, cancel), cancel),
        ["content", "import", var folder, "--approve-as", var key] => WithAsync((s, p) => s.GetRequiredService<BringInPack>().RunAsync(Full(folder), key, p, cancel), cancel),
        ["content", "try", var folder] => WithAsync((s, p) => s.GetRequiredService<TryPack>().RunAsync(Full(folder), null, p, cancel), cancel),
        ["content", "try", var folder, "--client", var slug] => WithAsync((s, p) => s.GetRequiredService<TryPack>().RunAsync(Full(folder), slug, p, cancel), cancel),
        ["client", "import", var folder] => WithAsync((s, p) => s.GetRequiredService<BringInClient>().RunAsync(Full(folder), keep: false, p, cancel), cancel),
        ["client", "import", var folder, "--dry-run"] => WithAsync((s, p) => s.GetRequiredService<BringInClient>().RunAsync(Full(folder), keep: false, p, cancel, isTrial: true), cancel),
        ["staff", "import", var file] => WithAsync((s, p) => s.GetRequiredService<BringInStaff>().RunAsync(Full(file), p, cancel), cancel),
        ["client", "list"] => WithAsync((s, p) => ListAsync(s, p), cancel),
        ["demo"] => WithAsync((s, p) => s.GetRequiredService<LoadDemo>().RunAsync(p, cancel), cancel),
        _ => throw new InvalidOperationException($"Use one of these:\n{Usage}"),
    };

    private static async Task<int> WithAsync(Func<IServiceProvider, Progress, Task<bool>> work, CancellationToken cancel)
    {
        await using var app = PortalApp.Build(["--Logging:LogLevel:Default=Warning"]);
        await PortalApp.PrepareAsync(app, cancel);
        return await work(app.Services, Progress.Console) ? 0 : 1;
    }

    private static Task<bool> ListAsync(IServiceProvider services, Progress progress)
    {
        foreach (var client in services.GetRequiredService<ClientDirectory>().All.OrderBy(c => c.Slug, StringComparer.Ordinal))
            progress.Say($"{client.Slug,-24} {client.TicketPrefix,-7} {client.Name}{(client.IsMsp ? " (the provider)" : client.IsActive ? "" : " (inactive)")}");
        return Task.FromResult(true);
    }

    private static string Full(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
