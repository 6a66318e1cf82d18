using System.Globalization;
using TenantPortal.Domain.Search;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>./portal search --client SLUG [--tier N] [--explain] WORDS</summary>
public static class SearchCommand
{
    public const string Usage = """
          search --client SLUG [--tier 0..3] [--explain] WORDS
                                       the guides that a client's people (tier 0) or its engineers find, and why
        """;
    private const int Most = 10;

    public static async Task<int> RunAsync(string[] options, CancellationToken cancel)
    {
        var (slug, tier, explain, words) = Read(options) ?? throw new InvalidOperationException($"Write:\n{Usage}");
        await using var app = PortalApp.Build(["--Logging:LogLevel:Default=Warning"]);
        await PortalApp.PrepareAsync(app, cancel);
        var client = app.Services.GetRequiredService<ClientDirectory>().BySlug(slug) is { IsMsp: false } found ? found : throw new InvalidOperationException($"There is no client {slug}.");
        await SayAsync(app.Services, client, tier, explain, words, Console.Out, cancel);
        return 0;
    }

    public static async Task SayAsync(IServiceProvider services, Client client, int tier, bool explain, string words, TextWriter lines, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client.Id);
        var answer = await scope.ServiceProvider.GetRequiredService<SearchGuides>().RunAsync(words, new(client.Id, tier, null, null, null), Most, cancel);
        if (answer.Repaired is { } repaired) await lines.WriteLineAsync($"Searched for: {repaired}");
        foreach (var code in answer.UnknownCodes) await lines.WriteLineAsync($"No guide names the code {code}.");
        if (answer.Hits.Count == 0) await lines.WriteLineAsync("No guide fits.");
        else await lines.WriteLineAsync(answer.NothingFits ? "No guide fits well enough to be offered by itself." : "The first is offered by itself.");
        foreach (var hit in answer.Hits)
        {
            await lines.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{hit.Confidence,4:p0}  {hit.Slug}  {hit.Title}"));
            if (!explain) continue;
            foreach (var reason in hit.Explanation) await lines.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"      {reason.Score,7:f3}  {Said(reason)}"));
        }
    }

    private static string Said(MatchReason reason) => reason.Kind switch
    {
        MatchKind.Letters => "letters in common",
        MatchKind.Topic => "speaks of the same",
        _ => $"{reason.Word} met {reason.Met} ({reason.Kind.ToString().ToLowerInvariant()}{(reason.Field is { } field ? $" in {field.ToString().ToLowerInvariant()}" : "")})",
    };

    private static (string Slug, int Tier, bool Explain, string Words)? Read(string[] options)
    {
        string? slug = null;
        var (tier, explain, words) = (0, false, new List<string>());
        for (var i = 0; i < options.Length; i++)
            switch (options[i])
            {
                case "--client" when i + 1 < options.Length: slug = options[++i]; break;
                case "--tier" when i + 1 < options.Length && int.TryParse(options[i + 1], CultureInfo.InvariantCulture, out tier) && tier is >= 0 and <= 3: i++; break;
                case "--explain": explain = true; break;
                case ['-', '-', ..]: return null;
                default: words.Add(options[i]); break;
            }
        return slug is null || words.Count == 0 ? null : (slug, tier, explain, string.Join(' ', words));
    }
}
