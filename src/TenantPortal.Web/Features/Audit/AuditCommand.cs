using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Audit;

/// <summary>./portal audit …</summary>
public static class AuditCommand
{
    public const string Usage = """
          audit verify FILE [--key KEY.pem]
                                       check a file of evidence; needs neither database nor settings
          audit verify --client SLUG   check the chain in the database
          audit export --client SLUG FILE
                                       write a client's signed evidence
          audit key                    the public key that evidence is signed with
        """;

    public static Task<int> RunAsync(string[] args, CancellationToken cancel) => args switch
    {
        ["verify", "--client", var slug] => WithAsync(slug, (services, client) => VerifyAsync(services, client, cancel), cancel),
        ["verify", var file] => VerifyAsync(file, null, cancel),
        ["verify", var file, "--key", var key] => VerifyAsync(file, key, cancel),
        ["export", "--client", var slug, var file] => WithAsync(slug, (services, client) => ExportAsync(services, client, file, cancel), cancel),
        ["key"] => WithAsync(null, async (services, _) => { Console.WriteLine(await services.GetRequiredService<EvidenceKey>().PublicKeyAsync(cancel)); return true; }, cancel),
        _ => throw new InvalidOperationException($"Use one of these:\n{Usage}"),
    };

    private static async Task<int> VerifyAsync(string file, string? keyFile, CancellationToken cancel)
    {
        if (!File.Exists(file)) throw new InvalidOperationException($"There is no file {file}.");
        if (keyFile is not null && !File.Exists(keyFile)) throw new InvalidOperationException($"There is no file {keyFile}.");
        await using var from = File.OpenRead(file);
        var check = await Evidence.CheckAsync(from, keyFile is null ? null : await File.ReadAllTextAsync(keyFile, cancel), cancel);
        if (check.Problem is { } problem) Console.WriteLine(problem);
        if (check.Manifest is { } made) Console.WriteLine($"{made.ClientName}, made {made.MadeAt:yyyy-MM-dd HH:mm} UTC by {made.MadeBy}, {(keyFile is null ? "signed with the key inside (name the installation's own with --key to know whose it is)" : "signed with that key")}.");
        if (check.Chain is { } chain) Say(chain);
        return check.IsWhole ? 0 : 1;
    }

    private static async Task<bool> VerifyAsync(IServiceProvider services, Client client, CancellationToken cancel)
    {
        var chain = new AuditChain(client.Id);
        await foreach (var line in services.GetRequiredService<AuditRows>().AllAsync(client.Id, cancel)) chain.Follow(line.Entry, line.Content);
        Say(chain);
        return chain.IsWhole;
    }

    private static async Task<bool> ExportAsync(IServiceProvider services, Client client, string file, CancellationToken cancel)
    {
        await using var evidence = await services.GetRequiredService<ExportEvidence>().RunAsync(client, "command line", null, cancel);
        await using var to = File.Create(file);
        await evidence.CopyToAsync(to, cancel);
        Console.WriteLine($"{file}: {to.Length:n0} bytes.");
        return true;
    }

    private static void Say(AuditChain chain)
    {
        foreach (var problem in chain.Problems) Console.WriteLine($"  link {problem.Number}: {problem.Sentence}");
        Console.WriteLine($"{chain.Count:n0} links, {(chain.IsWhole ? "the chain is whole" : "THE CHAIN IS BROKEN")}{(chain.Erased > 0 ? $", {chain.Erased} erased for a person's sake" : "")}; the last is {chain.Head}.");
    }

    private static async Task<int> WithAsync(string? slug, Func<IServiceProvider, Client, Task<bool>> work, CancellationToken cancel)
    {
        await using var app = PortalApp.Build(["--Logging:LogLevel:Default=Warning"]);
        await PortalApp.PrepareAsync(app, cancel);
        var clients = app.Services.GetRequiredService<ClientDirectory>();
        var client = slug is null ? clients.All[0] : clients.BySlug(slug) ?? throw new InvalidOperationException($"There is no client {slug}.");
        return await app.Services.GetRequiredService<ClientScopes>().RunAsync(client.Id, services => work(services, client)) ? 0 : 1;
    }
}
