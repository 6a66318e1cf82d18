using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.Knowledge;

public sealed class PublishTests(Portal portal) : IClassFixture<Portal>
{
    private readonly Shelf shelf = new(portal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private World World => portal.World;

    [Fact]
    public async Task One_guide_says_each_clients_own_facts()
    {
        await shelf.PutAsync("open-mail", Shelf.Guide(Guid.NewGuid(), "Open the mail page", Shelf.Step("open", "Go to [your mail]({{mail.web_url}}) or ask {{client.name}}, {{person.first_name}}."),
            "{ mail.web_url: { type: url, required: true, description: The mail page }, client.name: { type: text, required: true, description: Name }, person.first_name: { type: text, required: true, description: Name } }"));
        await shelf.SetAsync(World.Acorn.Id, "mail.web_url", "https://mail.acorn.example/?a=1&b=2");
        await shelf.SetAsync(World.Birch.Id, "mail.web_url", "https://mail.birch.example/");
        await shelf.PublishAsync(World.Acorn.Id);
        await shelf.PublishAsync(World.Birch.Id);

        var acorn = await shelf.ReadAsync("open-mail", Shelf.Reader(World.Acorn));
        Assert.Equal("""<p>Go to <a href="https://mail.acorn.example/?a=1&amp;b=2" rel="noreferrer">your mail</a> or ask Acorn, Eve.</p>""", acorn!.Steps.Single().Html);
        var birch = await shelf.ReadAsync("open-mail", Shelf.Reader(World.Birch));
        Assert.Contains("https://mail.birch.example/", birch!.Steps.Single().Html, StringComparison.Ordinal);
        Assert.Contains(World.Canary, birch.Steps.Single().Html, StringComparison.Ordinal);
        Assert.NotEqual(acorn.VersionHash, birch.VersionHash);
    }

    [Fact]
    public async Task A_site_without_a_required_value_is_not_offered_the_guide_and_is_listed()
    {
        await shelf.PutAsync("ring-the-door", Shelf.Guide(Guid.NewGuid(), "Ring the door", Shelf.Step("ring", "Ring {{door.code}}."), "{ door.code: { type: text, required: true, description: The code of the door } }"));
        var bell = await shelf.SiteAsync(World.Acorn.Id, "Bell Lane");
        await shelf.SetAsync(World.Acorn.Id, "door.code", "4711 <b>", VariableLevel.Site, World.Acorn.Site.Id.Value);
        var report = await shelf.PublishAsync(World.Acorn.Id);

        Assert.Contains(new MissingValue("ring-the-door", "Ring the door", "door.code", "The code of the door", "Bell Lane"), report.Missing);
        Assert.DoesNotContain(report.Missing, m => m.Name == "door.code" && m.Site == "High Street");
        var here = Shelf.Reader(World.Acorn);
        var there = here with { Site = bell.Id };
        Assert.Equal("<p>Ring 4711 &lt;b&gt;.</p>", (await shelf.ReadAsync("ring-the-door", here))!.Steps.Single().Html);
        Assert.Null(await shelf.ReadAsync("ring-the-door", there));
        Assert.Contains((await shelf.SearchAsync("ring the door", here)).Hits, h => h.Slug == "ring-the-door");
        Assert.DoesNotContain((await shelf.SearchAsync("ring the door", there)).Hits, h => h.Slug == "ring-the-door");

        await shelf.SetAsync(World.Acorn.Id, "door.code", "0815", VariableLevel.Site, bell.Id.Value);
        Assert.Equal("<p>Ring 0815.</p>", (await shelf.ReadAsync("ring-the-door", there))!.Steps.Single().Html);
    }

    [Fact]
    public async Task A_client_without_a_required_value_has_no_copy_at_all_and_is_listed()
    {
        await shelf.PutAsync("call-desk", Shelf.Guide(Guid.NewGuid(), "Call the desk", Shelf.Step("call", "Call {{desk.number}}."), "{ desk.number: { type: phone, required: true, description: The number } }"));
        await shelf.SetAsync(World.Birch.Id, "desk.number", "no number");
        await shelf.SetAsync(World.Acorn.Id, "desk.number", "+44 20 7946 0000");
        await shelf.PublishAsync(World.Acorn.Id);
        var report = await shelf.PublishAsync(World.Birch.Id);
        Assert.Contains(report.Missing, m => m is { Name: "desk.number", Site: null });
        Assert.NotNull(await shelf.ReadAsync("call-desk", Shelf.Reader(World.Acorn)));
        Assert.Null(await shelf.ReadAsync("call-desk", Shelf.Reader(World.Birch)));
    }

    [Fact]
    public async Task A_withdrawn_guide_is_gone_with_the_next_answer_for_every_client()
    {
        var id = await shelf.PutAsync("old-way", Shelf.Guide(Guid.NewGuid(), "Use the old fax way", Shelf.Step("fax", "Send a fax.")));
        await shelf.PublishAsync(World.Acorn.Id);
        await shelf.PublishAsync(World.Birch.Id);
        var reader = Shelf.Reader(World.Birch);
        Assert.Contains((await shelf.SearchAsync("old fax way", reader)).Hits, h => h.RunbookId == id);

        Assert.Null(await portal.Services.GetRequiredService<WithdrawRunbook>().RunAsync(World.Msp.Id, id, "Sam Ash", "The fax is gone.", Cancel));
        Assert.DoesNotContain((await shelf.SearchAsync("old fax way", reader)).Hits, h => h.RunbookId == id);
        Assert.Null(await shelf.ReadAsync("old-way", reader));
        await shelf.PublishAsync(World.Acorn.Id);
        Assert.Null(await shelf.ReadAsync("old-way", Shelf.Reader(World.Acorn)));
    }

    [Fact]
    public async Task Publishing_again_without_a_change_leaves_the_generation_and_a_change_moves_it()
    {
        await shelf.PutAsync("still", Shelf.Guide(Guid.NewGuid(), "Stand still", Shelf.Step("stand", "Stand.")));
        var first = await shelf.PublishAsync(World.Birch.Id);
        var again = await shelf.PublishAsync(World.Birch.Id);
        Assert.Equal((first.Generation, 0), (again.Generation, again.Published));
        await shelf.PutAsync("still-two", Shelf.Guide(Guid.NewGuid(), "Stand still twice", Shelf.Step("stand", "Stand.")));
        Assert.True((await shelf.PublishAsync(World.Birch.Id)).Generation > first.Generation);
        var events = await portal.AsAsync(World.Birch.Id, s => s.GetRequiredService<PortalDb>().ClientEvents.Where(e => e.Kind == "published").ToListAsync(Cancel));
        Assert.All(events, e => Assert.Equal(World.Birch.Id, e.TenantId));
        Assert.NotEmpty(events);
    }

    [Fact]
    public async Task Guides_and_steps_for_engineers_are_not_there_for_contacts()
    {
        await shelf.PutAsync("mixed", Shelf.Guide(Guid.NewGuid(), "Restart the quokka service", Shelf.Step("look", "Look at the quokka.") + Shelf.Step("deep", "Type wombatctl reset.", "actor: agent, min_tier: 2", "Reset it")));
        await shelf.PutAsync("staff-only", Shelf.Guide(Guid.NewGuid(), "Purge the numbat cache", Shelf.Step("purge", "Purge it.", "actor: agent, min_tier: 2"), settings: "audience: [agent]\nmin_tier: 2"));
        await shelf.PublishAsync(World.Acorn.Id);
        var (contact, two) = (Shelf.Reader(World.Acorn), Shelf.Engineer(World.Acorn, 2));

        Assert.Equal(["look"], (await shelf.ReadAsync("mixed", contact))!.Steps.Select(s => s.Id));
        Assert.Equal(["look"], (await shelf.ReadAsync("mixed", Shelf.Engineer(World.Acorn, 1)))!.Steps.Select(s => s.Id));
        Assert.Equal(["look", "deep"], (await shelf.ReadAsync("mixed", two))!.Steps.Select(s => s.Id));
        Assert.Null(await shelf.ReadAsync("staff-only", contact));
        Assert.NotNull(await shelf.ReadAsync("staff-only", two));
        Assert.Empty((await shelf.SearchAsync("wombatctl", contact)).Hits);
        Assert.Empty((await shelf.SearchAsync("numbat", contact)).Hits);
        Assert.Equal("mixed", (await shelf.SearchAsync("wombatctl", two)).Hits[0].Slug);
        Assert.Equal("staff-only", (await shelf.SearchAsync("numbat", two)).Hits[0].Slug);
        Assert.Equal("mixed", (await shelf.SearchAsync("quokka", contact)).Hits[0].Slug);
    }

    [Fact]
    public async Task A_client_reads_only_the_packs_that_are_named_for_it()
    {
        await shelf.PutAsync("packed", Shelf.Guide(Guid.NewGuid(), "Unpack the pack", Shelf.Step("unpack", "Unpack.")), pack: "other-pack");
        await shelf.PutAsync("unpacked", Shelf.Guide(Guid.NewGuid(), "Read without a pack", Shelf.Step("read", "Read.")));
        await shelf.PublishAsync(World.Acorn.Id);
        Assert.Null(await shelf.ReadAsync("packed", Shelf.Reader(World.Acorn)));
        Assert.NotNull(await shelf.ReadAsync("unpacked", Shelf.Reader(World.Acorn)));
    }
}
