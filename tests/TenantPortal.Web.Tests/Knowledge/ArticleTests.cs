using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.Knowledge;

public sealed class ArticleTests(Portal portal) : IClassFixture<Portal>
{
    private readonly Shelf shelf = new(portal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Articles_become_guides_of_one_client_that_say_exactly_their_text()
    {
        var (done, refusal) = await ImportAsync("""
            {"id":"KA-1","title":"Print {{from}} the *cloud*","text":"# Not a heading\n1. <script>alert(1)</script> {{x}} [a](javascript:b) `c` & d_e_f\n\n---\n> no quote"}

            {"id":"KA 2/ü","title":"Wombat printer jams","text":"Open the lid.","tenant":"ignored"}
            """);
        Assert.Null(refusal);
        Assert.Equal((2, 2, 2), (done!.Articles, done.NewVersions, done.Published.Published));
        var guide = await shelf.ReadAsync("ka-1", Shelf.Reader(portal.World.Acorn));
        Assert.Equal("Print { {from} } the *cloud*", guide!.Title);
        Assert.Equal("<p># Not a heading\n1. &lt;script&gt;alert(1)&lt;/script&gt; { {x} } [a](javascript:b) `c` &amp; d_e_f</p>\n<p>---\n&gt; no quote</p>", guide.Steps.Single().Html);
        Assert.Equal("Sam Ash", guide.ApprovedBy);
        Assert.Equal("ka-2", (await shelf.SearchAsync("wombat jams", Shelf.Reader(portal.World.Acorn))).Hits[0].Slug);
        Assert.Empty((await shelf.SearchAsync("wombat jams", Shelf.Reader(portal.World.Birch))).Hits);

        var again = (await ImportAsync("""{"id":"KA 2/ü","title":"Wombat printer jams","text":"Open the other lid."}""")).Done!;
        Assert.Equal((1, 1, 1), (again.NewVersions, again.Published.Published, again.Published.Unchanged));
    }

    [Theory]
    [InlineData("{\"id\":\"B-1\",\"title\":\"t\",\"text\":\"x\"}\n{\"id\":\"B-2\",\"title\":\"t\"", "line 2: this is no JSON object")]
    [InlineData("{\"id\":\"B-1\",\"title\":\"t\",\"text\":\"x\"}\n{\"id\":\"b 1\",\"title\":\"t\",\"text\":\"x\"}", "line 2: the article b 1 has the same address as line 1")]
    [InlineData("{\"id\":\"B-1\",\"title\":\"t\",\"text\":\"\"}", "line 1: “id”, “title” and “text” must be texts")]
    [InlineData("[1]", "line 1: a line is one JSON object")]
    public async Task A_broken_line_is_named_and_nothing_is_imported(string lines, string reason)
    {
        var (done, refusal) = await ImportAsync(lines);
        Assert.Null(done);
        Assert.Contains(reason, refusal!.Sentence, StringComparison.Ordinal);
        Assert.False(await portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<PortalDb>().RunbookVersions.AnyAsync(v => v.Slug.StartsWith("b-"), Cancel)));
    }

    private async Task<(ArticlesImported? Done, Domain.Tenancy.Refusal? Refusal)> ImportAsync(string lines)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, lines, Cancel);
        try { return await portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<ImportArticles>().RunAsync(file, "sam", Cancel)); }
        finally { File.Delete(file); }
    }
}
