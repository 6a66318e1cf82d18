using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.Knowledge;

/// <summary>A library that a test fills: guides written short, approved by Sam.</summary>
public sealed class Shelf(Portal portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public World World => portal.World;

    public static string Guide(Guid id, string title, string steps, string variables = "{}", string settings = "") => $"""
        ---
        schema: 1
        id: {id}
        title: {title}
        summary: How to {title.ToLowerInvariant()} in two steps.
        kind: runbook
        category: test/guides
        symptoms: [I want to {title.ToLowerInvariant()}]
        {(settings.Contains("audience:", StringComparison.Ordinal) ? "" : "audience: [end_user]")}
        {settings}
        variables: {variables}
        minutes: 5
        risk: none
        approval: none
        owner: sam
        review_every: P6M
        ---
        {steps}
        """;

    public static string Step(string id, string text, string settings = "", string title = "Do this") => $"\n## {title}\n{{id: {id}{(settings.Length > 0 ? ", " + settings : "")}}}\n\n{text}\n\n> Expect: It is done.\n";

    public async Task<Guid> PutAsync(string slug, string source, TenantId? owner = null, int number = 1, string? pack = null)
    {
        var id = Guid.Parse(source.Split("id: ", 2)[1].AsSpan(0, 36));
        await portal.AsAsync(owner ?? World.Msp.Id, async s =>
        {
            var db = s.GetRequiredService<PortalDb>();
            db.Add(new RunbookVersion
            {
                TenantId = owner ?? World.Msp.Id, RunbookId = id, Number = number, Slug = slug, Title = slug, Category = "test/guides", Pack = pack, Source = source, Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source))),
                State = RunbookState.Approved, AuthorName = "Olive Ash", ApprovedBy = "Sam Ash", ApprovedAt = DateTimeOffset.UnixEpoch, CreatedAt = DateTimeOffset.UnixEpoch,
            });
            await db.SaveChangesAsync(Cancel);
        });
        return id;
    }

    public Task SetAsync(TenantId client, string name, string value, VariableLevel level = VariableLevel.Client, Guid ownerId = default) => portal.AsAsync(client, async s =>
    {
        var db = s.GetRequiredService<PortalDb>();
        await db.Variables.Where(v => v.Name == name && v.Level == level && v.OwnerId == ownerId).ExecuteDeleteAsync(Cancel);
        db.Add(new VariableValue { TenantId = client, Level = level, OwnerId = ownerId, Name = name, Value = value });
        await db.SaveChangesAsync(Cancel);
    });

    public Task<PublishReport> PublishAsync(TenantId client) => portal.Services.GetRequiredService<PublishRunbooks>().RunAsync(client, Cancel);

    public Task<ReadableGuide?> ReadAsync(string slug, GuideReader reader) => portal.AsAsync(reader.Client, s => s.GetRequiredService<ReadGuide>().RunAsync(slug, reader, Cancel));

    public Task<GuideAnswer> SearchAsync(string text, GuideReader reader) => portal.AsAsync(reader.Client, s => s.GetRequiredService<SearchGuides>().RunAsync(text, reader, 10, Cancel));

    public static GuideReader Reader(World.Twin twin) => new(twin.Id, 0, twin.Employee.Id, twin.Employee.SiteId, twin.Laptop.Id);

    public static GuideReader Engineer(World.Twin twin, int tier, SiteId? site = null) => new(twin.Id, tier, null, site, null);

    public async Task<Site> SiteAsync(TenantId client, string name)
    {
        var site = new Site { TenantId = client, Name = name };
        await portal.AsAsync(client, async s => { var db = s.GetRequiredService<PortalDb>(); db.Add(site); await db.SaveChangesAsync(Cancel); });
        return site;
    }
}
