using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Web.Features.ContentImport;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.Knowledge;

/// <summary>150 sentences as employees write them, each with the guide of the basic pack that was named for it before any search, or none.</summary>
public sealed class SentenceTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private readonly Shelf shelf = new(portal);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var folder = Path.Combine(Server.Folder, "content", "packs", "it-basics");
        var problems = new ContentProblems();
        var pack = new PackFolder(folder, portal.World.Msp.Id, problems).Read();
        Assert.True(pack is not null, string.Join('\n', problems.All));
        // every value that a guide needs, as the author's example says it
        foreach (var (name, value) in pack.Runbooks.SelectMany(r => r.Document.Variables).Where(v => v.Value.Example is not null).DistinctBy(v => v.Key)) await shelf.SetAsync(portal.World.Acorn.Id, name, value.Example!);
        await portal.Services.GetRequiredService<ClientDirectory>().ChangeAsync(portal.World.Acorn.Id, c => c.Packs = ["it-basics"], Cancel);
        Assert.True(await portal.Services.GetRequiredService<BringInPack>().RunAsync(folder, "olive", new(TextWriter.Null, isTerminal: false), Cancel));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_right_guide_is_first_and_wrong_ones_are_rarely_offered()
    {
        var reader = Shelf.Reader(portal.World.Acorn) with { Device = null };
        var (first, wrongOffers, rightOffers) = (0, new List<string>(), 0);
        var missed = new List<string>();
        var sentences = await File.ReadAllLinesAsync(Path.Combine(Server.Folder, "tests", "TenantPortal.Bench", "Sample", "it-basics.tsv"), Cancel);
        foreach (var (sentence, right) in sentences.Select(line => line.Split('\t')).Select(cells => (cells[0], cells[1])))
        {
            var answer = await shelf.SearchAsync(sentence, reader);
            var found = answer.Hits.Count > 0 ? answer.Hits[0].Slug : "-";
            if (found == right) first++;
            else if (right != "-") missed.Add($"{sentence}: {found} for {right}");
            if (answer.NothingFits) continue;
            if (found == right) rightOffers++;
            else wrongOffers.Add($"{sentence}: {found}");
        }

        var answerable = sentences.Count(line => !line.EndsWith("\t-", StringComparison.Ordinal));
        Assert.Equal((150, 120), (sentences.Length, answerable));
        Assert.True(first >= 0.85 * answerable, $"{first} of {answerable} first\n{string.Join('\n', missed)}");
        Assert.True(wrongOffers.Count <= 0.08 * sentences.Length, $"{wrongOffers.Count} wrong offers\n{string.Join('\n', wrongOffers)}");
        Assert.True(rightOffers >= 0.6 * answerable, $"{rightOffers} of {answerable} offered");
    }
}
