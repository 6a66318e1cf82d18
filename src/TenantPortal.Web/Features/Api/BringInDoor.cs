using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using TenantPortal.Domain.People;
using TenantPortal.Web.Features.ContentImport;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Api;

/// <summary>Some records of a client as another system has them, in the shapes of docs/content-format.md. A list may be left out; the rest of the client stays as it is.</summary>
public sealed record RecordsRequest
{
    public JsonElement? Sites { get; init; }
    public JsonElement? People { get; init; }
    public JsonElement? Devices { get; init; }
    public JsonElement? Software { get; init; }
    public JsonElement? Changes { get; init; }
    /// <summary>Old tickets with their resolution, or open ones with their state; nobody is written to about any.</summary>
    public JsonElement? Tickets { get; init; }
}

/// <summary>The address by which a PSA or RMM stays the source of a client's records.</summary>
public static class BringInDoor
{
    public static void Map(RouteGroupBuilder client) => client.MapGroup("").Needs(ApiScopes.RecordsWrite).WithTags("records").MapPut("/records", RunAsync)
        .WithSummary("Bring records up to date by their refs").WithDescription("Good records are taken, bad ones named with place and reason; sent again, nothing changes. With dryRun=true nothing is changed at all, and the answer says what would be. Each record has a ref, your own name for it; refs lead from one to the other. sites: ref, name, address, phone, kind, people. people: ref, name, email, phone, site, role (contact, manager), title, device, active. devices: ref, name, kind, model, os, os_version, site, person, serial. software: ref, name, vendor, version, installed_on (refs, or all), seats, seats_used, portal. changes: ref, what, kind, on or ago, at, site, device, by. tickets: as in docs/content-format.md, at most 100 at once.").Produces<BroughtIn>().ProducesProblem(422);

    private static async Task<IResult> RunAsync([FromBody] RecordsRequest body, Me me, BringInRecords bringIn, CancellationToken cancel, bool dryRun = false)
    {
        var lists = new Dictionary<string, JsonElement?> { ["sites"] = body.Sites, ["people"] = body.People, ["devices"] = body.Devices, ["software"] = body.Software, ["changes"] = body.Changes, ["tickets"] = body.Tickets };
        var given = JsonSerializer.SerializeToElement(lists.Where(l => l.Value is { ValueKind: not JsonValueKind.Null }).ToDictionary(l => l.Key, l => l.Value));
        var (done, problem) = await bringIn.RunAsync(me.Client!, given, dryRun, $"{me.StaffOrNone?.Name ?? me.TokenOrNone!.Name} (API)", me.StaffOrNone?.Id.Value, cancel);
        return problem is null ? TypedResults.Ok(done) : ApiResults.Wrong(problem);
    }
}
