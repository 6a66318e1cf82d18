using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>./portal content import --client SLUG --jsonl FILE --approve-as STAFF</summary>
public static class ArticlesCommand
{
    public const string Usage = """
          content import --client SLUG --jsonl FILE --approve-as STAFF
                                       articles of another system ({id, title, text} a line) as guides of one client
        """;

    public static async Task<int> RunAsync(string[] options, CancellationToken cancel)
    {
        var given = Options(options);
        if (!given.TryGetValue("--client", out var slug) || !given.TryGetValue("--jsonl", out var file) || !given.TryGetValue("--approve-as", out var approver) || given.Count != 3) throw new InvalidOperationException($"Write:\n{Usage}");
        await using var app = PortalApp.Build(["--Logging:LogLevel:Default=Warning"]);
        await PortalApp.PrepareAsync(app, cancel);
        var client = app.Services.GetRequiredService<ClientDirectory>().BySlug(slug) is { IsMsp: false } found ? found : throw new InvalidOperationException($"There is no client {slug}.");
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client.Id);
        var (done, refusal) = await scope.ServiceProvider.GetRequiredService<ImportArticles>().RunAsync(file, approver, cancel);
        if (done is null) throw new InvalidOperationException(refusal!.Sentence);
        Console.WriteLine($"{done.Articles} articles read, {done.NewVersions} new versions, {done.Published.Published} published for {client.Name}.");
        foreach (var refused in done.Published.Refused) Console.WriteLine($"  not published: {refused.Slug}: {refused.Reason}");
        return 0;
    }

    private static Dictionary<string, string> Options(string[] options)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < options.Length; i += 2) given[options[i]] = options[i + 1];
        return options.Length % 2 == 0 ? given : [];
    }
}
