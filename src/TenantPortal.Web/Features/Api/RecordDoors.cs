using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Search;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Api;

/// <summary>The addresses of people, sites and devices, and of the search.</summary>
public static class RecordDoors
{
    public static void Map(RouteGroupBuilder client)
    {
        var records = client.MapGroup("").Needs(ApiScopes.RecordsRead).WithTags("records");
        records.MapGet("/people", PeopleAsync).WithSummary("People, by id").WithDescription("The next page begins after the last id of this one.").Produces<PageOf<PersonAnswer>>().ProducesProblem(422);
        records.MapGet("/people/{id:guid}", PersonAsync).WithSummary("One person").Produces<PersonAnswer>();
        records.MapGet("/sites", SitesAsync).WithSummary("Sites, by id").Produces<PageOf<SiteAnswer>>().ProducesProblem(422);
        records.MapGet("/devices", DevicesAsync).WithSummary("Devices, by id").Produces<PageOf<DeviceAnswer>>().ProducesProblem(422);
        records.MapGet("/devices/{id:guid}", DeviceAsync).WithSummary("One device").Produces<DeviceAnswer>();
        client.MapGroup("").Needs(ApiScopes.Search).WithTags("search").MapGet("/search", SearchAsync).WithSummary("Tickets and guides for some words").Produces<FoundAnswer>();
    }

    private static Task<IResult> PeopleAsync(Me me, PageReads reads, CancellationToken cancel, Guid? after = null, int limit = 100) => PageAsync<Contact, PersonAnswer>("people", me, reads, after, limit, Of, c => c.Id.Value, cancel);

    private static async Task<IResult> PersonAsync(Guid id, Me me, PortalDb db, CancellationToken cancel) =>
        await db.Contacts.AsNoTracking().SingleOrDefaultAsync(c => c.TenantId == me.Client!.Id && c.Id == new ContactId(id), cancel) is { } found ? TypedResults.Ok(Of(found)) : ApiResults.NotFound();

    private static Task<IResult> SitesAsync(Me me, PageReads reads, CancellationToken cancel, Guid? after = null, int limit = 100) => PageAsync<Site, SiteAnswer>("sites", me, reads, after, limit, Of, s => s.Id.Value, cancel);

    private static Task<IResult> DevicesAsync(Me me, PageReads reads, CancellationToken cancel, Guid? after = null, int limit = 100) => PageAsync<Device, DeviceAnswer>("devices", me, reads, after, limit, Of, d => d.Id.Value, cancel);

    private static async Task<IResult> DeviceAsync(Guid id, Me me, PortalDb db, CancellationToken cancel) =>
        await db.Devices.AsNoTracking().SingleOrDefaultAsync(d => d.TenantId == me.Client!.Id && d.Id == new DeviceId(id), cancel) is { } found ? TypedResults.Ok(Of(found)) : ApiResults.NotFound();

    private static async Task<Ok<FoundAnswer>> SearchAsync(string? q, Me me, TicketSearch tickets, SearchGuides guides, CancellationToken cancel)
    {
        var words = CleanText.Start(CleanText.Of(q ?? "").Trim(), 300);
        if (words.Length == 0) return TypedResults.Ok(new FoundAnswer([], []));
        var reader = me.StaffOrNone is { } staff ? GuideReader.Of(staff, me.Client!.Id) : new(me.Client!.Id, 0, null, null, null);
        var found = await tickets.RunAsync(words, cancel);
        var answer = await guides.RunAsync(words, reader, 15, cancel);
        return TypedResults.Ok(new FoundAnswer(
            [.. found.Select(t => new FoundTicketAnswer($"{me.Client!.TicketPrefix}-{t.Number}", t.Number, t.Subject, t.Status != TicketStatus.Resolved, t.OpenedAt))],
            [.. answer.Hits.Select(h => new FoundGuideAnswer(h.Slug, h.Title, h.Summary, h.Minutes, Math.Round(h.Confidence, 3)))]));
    }

    private static async Task<IResult> PageAsync<TRow, TAnswer>(string what, Me me, PageReads reads, Guid? after, int limit, Func<TRow, TAnswer> of, Func<TRow, Guid> id, CancellationToken cancel) where TRow : class, ITenantOwned
    {
        if (limit is < 1 or > 500) return ApiResults.Wrong("“limit” is a number from 1 to 500.");
        var found = await reads.AfterAsync<TRow>(me.Client!.Id, after, limit + 1, cancel);
        return TypedResults.Ok(new PageOf<TAnswer>([.. found.Take(limit).Select(of)], found.Count > limit ? $"/api/v1/clients/{me.Client!.Slug}/{what}?limit={limit}&after={id(found[limit - 1])}" : null));
    }

    internal static PersonAnswer Of(Contact c) => new(c.Id.Value, c.ExternalRef, c.Name, c.Email, c.Phone, c.Title, c.Role, c.SiteId?.Value, c.DeviceId?.Value, c.IsActive);

    internal static SiteAnswer Of(Site s) => new(s.Id.Value, s.ExternalRef, s.Name, s.Address, s.Phone, s.Kind, s.PeopleCount);

    internal static DeviceAnswer Of(Device d) => new(d.Id.Value, d.ExternalRef, d.Name, d.Kind, d.Model, d.Os, d.OsVersion, d.Serial, d.SiteId?.Value, d.ContactId?.Value);
}
