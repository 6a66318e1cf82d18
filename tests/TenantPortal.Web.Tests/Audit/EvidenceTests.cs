using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Web.Features.Audit;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Audit;

/// <summary>The log's pages and its signed export, by the front door; its check needs nothing but the file.</summary>
public sealed class EvidenceTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private const string Page = "/admin/audit/acorn";

    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync()
    {
        await Desk.FurnishAsync(portal);
        await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, evidence"));
        await portal.SendAsync(portal.World.Birch.Id, Desk.Report(portal.World.Birch, "Printer of the others"));
        for (var quiet = 0; quiet < 2;) quiet = await AuditRows.SealAsync(portal.Services.GetRequiredService<Npgsql.NpgsqlDataSource>(), 1_000, Desk.Cancel) == 0 ? quiet + 1 : 0;
        await Task.Delay(100, Desk.Cancel);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_lead_reads_checks_and_exports_the_log_and_an_engineer_does_not()
    {
        using var sam = await portal.AsAsync(portal.World.Sam);
        var page = await sam.PageAsync(Page + "?check=true");
        Assert.Contains("links follow from each other", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Verdict given", page.Body.TextContent, StringComparison.Ordinal);
        var check = await CheckAsync(await ExportAsync(sam), await portal.Services.GetRequiredService<EvidenceKey>().PublicKeyAsync(Desk.Cancel));
        Assert.True(check.IsWhole, check.Problem);
        Assert.Equal(("acorn", "Sam Ash"), (check.Manifest!.Client, check.Manifest.MadeBy));
        Assert.True(check.Chain!.Count >= 4);
        Assert.Equal("Sam Ash", (await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().ClientEvents.FirstAsync(e => e.Kind == "evidence-exported", Desk.Cancel))).ActorName);

        using var priya = await portal.AsAsync(portal.World.Priya);
        using var refused = await priya.GetAsync(new Uri(Page, UriKind.Relative), Desk.Cancel);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Evidence_holds_one_client_only()
    {
        using var sam = await portal.AsAsync(portal.World.Sam);
        var chain = Encoding.UTF8.GetString(Entry(await ExportAsync(sam), Evidence.ChainFile));
        Assert.Contains("tills", chain, StringComparison.Ordinal);
        Assert.DoesNotContain(World.Canary, chain, StringComparison.Ordinal);
        Assert.DoesNotContain($"{portal.World.Birch.Id}", chain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Evidence.ChainFile, "P1", "P2", null)]
    [InlineData(Evidence.ManifestFile, "Acorn", "Birch", "The manifest was changed after it was signed.")]
    public async Task A_changed_file_is_found_out(string file, string from, string to, string? problem)
    {
        using var sam = await portal.AsAsync(portal.World.Sam);
        var check = await CheckAsync(Changed(await ExportAsync(sam), file, text => text.Replace(from, to, StringComparison.Ordinal)), null);
        Assert.False(check.IsWhole);
        if (problem is not null) Assert.Equal(problem, check.Problem);
        else Assert.Contains(check.Chain!.Problems, p => p.Sentence == "What it stands for was changed after it was linked.");
    }

    [Fact]
    public async Task A_chain_that_lost_its_end_another_key_and_no_evidence_at_all_are_named()
    {
        using var sam = await portal.AsAsync(portal.World.Sam);
        var bytes = await ExportAsync(sam);
        Assert.Contains("something is missing at its end", (await CheckAsync(Changed(bytes, Evidence.ChainFile, text => text[..(text.TrimEnd('\n').LastIndexOf('\n') + 1)]), null)).Problem, StringComparison.Ordinal);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal("It was not signed with this key, or changed afterwards.", (await CheckAsync(bytes, other.ExportSubjectPublicKeyInfoPem())).Problem);
        Assert.StartsWith("This file cannot be read as evidence:", (await CheckAsync([1, 2, 3], null)).Problem, StringComparison.Ordinal);
    }

    private static async Task<byte[]> ExportAsync(HttpClient browser)
    {
        using var form = (await browser.PageAsync(Page)).Fill("handler=Export");
        using var answer = await browser.SendAsync($"{Page}?handler=Export", form);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsByteArrayAsync(Desk.Cancel);
    }

    private static async Task<EvidenceCheck> CheckAsync(byte[] bytes, string? key)
    {
        using var file = new MemoryStream(bytes);
        return await Evidence.CheckAsync(file, key, Desk.Cancel);
    }

    private static byte[] Entry(byte[] bytes, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        using var from = zip.GetEntry(name)!.Open();
        using var to = new MemoryStream();
        from.CopyTo(to);
        return to.ToArray();
    }

    private static byte[] Changed(byte[] bytes, string name, Func<string, string> change)
    {
        var text = change(Encoding.UTF8.GetString(Entry(bytes, name)));
        using var file = new MemoryStream();
        file.Write(bytes);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(name)!.Delete();
            using var to = zip.CreateEntry(name).Open();
            to.Write(Encoding.UTF8.GetBytes(text));
        }
        return file.ToArray();
    }
}
