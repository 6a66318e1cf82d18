using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Triage;

/// <summary>./portal triage: what the rules would say to a report, with every reason; nothing is stored.</summary>
public static class TriageCommand
{
    public const string Usage = """
          triage --client SLUG [--impact one|team|site|company] [--urgency stopped|slowed|workaround|question] WORDS
                                       the verdict on a report with its reasons; stores nothing
        """;

    public static async Task<int> RunAsync(string[] args, CancellationToken cancel)
    {
        var (slug, report) = Read(args);
        await using var app = PortalApp.Build(["--Logging:LogLevel:Default=Warning"]);
        await PortalApp.PrepareAsync(app, cancel);
        var client = app.Services.GetRequiredService<ClientDirectory>().BySlug(slug) is { IsMsp: false } found ? found : throw new InvalidOperationException($"There is no client {slug}. ./portal client list names them.");
        await SayAsync(app.Services, client, report, Console.Out, cancel);
        return 0;
    }

    public static async Task SayAsync(IServiceProvider services, Client client, Report report, TextWriter lines, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client.Id);
        // nobody's report: what counts a person's own earlier tickets has none to count
        var (verdict, _, _) = await scope.ServiceProvider.GetRequiredService<TriageFor>().RunAsync(client.Id, report, default, null, false, services.GetRequiredService<TimeProvider>().GetUtcNow(), cancel);
        await lines.WriteLineAsync($"{verdict.Priority}  {verdict.CategoryTitle} ({verdict.Category}), queue {verdict.Queue}{(verdict.RiskTags == RiskTags.None ? "" : $", {verdict.RiskTags}")}");
        foreach (var reason in verdict.Reasons) await lines.WriteLineAsync($"  {reason.Field,-9} {reason.Rule,-8} {reason.Sentence}");
        if (verdict.Clause is { } clause) await lines.WriteLineAsync($"  clause    “{clause.Quote}” ({clause.Title}{(clause.Page is { } page ? $", page {page}" : "")})");
        if (verdict.RunnerUp is { } second) await lines.WriteLineAsync($"  runner-up {second}");
        await lines.WriteLineAsync($"  rules     {verdict.RulesVersion}");
    }

    private static (string Slug, Report Report) Read(string[] args)
    {
        string? slug = null;
        Impact? impact = null;
        Urgency? urgency = null;
        var words = new List<string>();
        for (var i = 0; i < args.Length; i++)
            switch (args[i])
            {
                case "--client" when i + 1 < args.Length: slug = args[++i]; break;
                case "--impact" when i + 1 < args.Length && Enum.TryParse<Impact>(args[i + 1], ignoreCase: true, out var affected) && Enum.IsDefined(affected): (impact, i) = (affected, i + 1); break;
                case "--urgency" when i + 1 < args.Length && Enum.TryParse<Urgency>(args[i + 1], ignoreCase: true, out var how) && Enum.IsDefined(how): (urgency, i) = (how, i + 1); break;
                case ['-', '-', ..]: throw new InvalidOperationException($"triage cannot read {args[i]} here.\n{Usage}");
                default: words.Add(args[i]); break;
            }
        if (slug is null || words.Count == 0) throw new InvalidOperationException($"Name a client and give the words of a report.\n{Usage}");
        var text = CleanText.Of(string.Join(' ', words));
        return (slug, new() { Subject = CleanText.FirstLine(text), Text = text, Impact = impact, Urgency = urgency });
    }
}
