using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Api;

/// <summary>Another system stays the source of a client's records: good ones are taken, bad ones named, and the same again changes nothing.</summary>
public sealed class BringInTests(Portal portal) : IClassFixture<Portal>
{
    private const string Records = "/api/v1/clients/acorn/records";

    [Fact]
    public async Task Ten_bad_people_of_eighty_are_named_and_the_others_come_in_once()
    {
        using var program = await portal.ProgramAsync(portal.World.Acorn.Client);
        var people = Enumerable.Range(1, 80).Select(i => new { @ref = i == 40 ? "PSA_39" : $"PSA_{i}", name = $"Person {i}", email = i % 10 == 0 && i != 40 ? $"not an address {i}" : $"person.{i}@acorn.example", site = i is 77 ? "nowhere" : null, role = i is 78 ? "king" : null }).ToList();
        var dry = await program.CallAsync(HttpMethod.Put, $"{Records}?dryRun=true", new { people });
        Assert.Equal((200, "70"), (dry.Status, dry.Body.Text("made")));
        Assert.Empty(await RefsAsync());
        var done = (await program.CallAsync(HttpMethod.Put, Records, new { people })).Body;
        Assert.Equal(dry.Body.ToString(), done.ToString());
        Assert.Equal(70, (await RefsAsync()).Count);
        var rejected = done.GetProperty("rejected").EnumerateArray().ToDictionary(r => r.GetProperty("place").GetInt32(), r => r.Text("reason"));
        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 77, 78, 80], rejected.Keys.Order());
        Assert.Equal("“not an address 10” is not an e-mail address.", rejected[10]);
        Assert.Equal("The ref “PSA_39” is there twice.", rejected[40]);
        Assert.Equal("It names the site “nowhere”, which is not known here and not in this list.", rejected[77]);
        Assert.StartsWith("“role” is one of", rejected[78], StringComparison.Ordinal);

        var again = (await program.CallAsync(HttpMethod.Put, Records, new { people })).Body;
        Assert.Equal(("0", "0"), (again.Text("made"), again.Text("changed")));
        Assert.Equal(done.GetProperty("rejected").ToString(), again.GetProperty("rejected").ToString());
        var moved = (await program.CallAsync(HttpMethod.Put, Records, new { people = new[] { new { @ref = "PSA_1", name = "Person 1", email = "person.1@acorn.example", title = "Buyer", active = "false" } } })).Body;
        Assert.Equal("~ person PSA_1 (Person 1): is active True → False, title nothing → Buyer", moved.GetProperty("differences")[0].GetString());
    }

    [Fact]
    public async Task What_leans_on_a_rejected_record_is_rejected_and_nobody_is_taken_over()
    {
        using var program = await portal.ProgramAsync(portal.World.Acorn.Client);
        var answer = (await program.CallAsync(HttpMethod.Put, Records, new
        {
            sites = new[] { new { @ref = "S1", name = "Depot" } },
            people = new object[] { new { @ref = "A", name = "Ada", email = "nope", device = "D1" }, new { @ref = "B", name = "Bo", email = "bo@acorn.example", site = "S1", device = "D2" }, new { @ref = "C", name = "Cy", email = "BO@acorn.example" }, new { @ref = "E", name = portal.World.Acorn.Manager.Name, email = portal.World.Acorn.Manager.Email } },
            devices = new object[] { new { @ref = "D1", name = "LT-1", kind = "laptop", person = "A" }, new { @ref = "D2", name = "LT-2", kind = "laptop", person = "B", site = "S1" } },
            software = new object[] { new { @ref = "W1", name = "Ledger", installed_on = new[] { "D1" } }, new { @ref = "W2", name = "Mail", installed_on = "all" } },
            changes = new object[] { new { @ref = "C1", what = "Router replaced", kind = "network", on = "2026-11-02", site = "S1" } },
        })).Body;
        Assert.Equal(["devices D1", "people A", "people C", "software W1"], answer.GetProperty("rejected").EnumerateArray().Select(r => $"{r.Text("list")} {r.Text("ref")}"));
        // the manager was known by her address, and has a reference from now on
        Assert.Equal("5", answer.Text("made"));
        Assert.Contains(answer.GetProperty("differences").EnumerateArray(), d => d.GetString()!.StartsWith("~ person E (Mara Stone): external ref nothing → E", StringComparison.Ordinal));
        var (_, device, _) = await program.AskAsync("/api/v1/clients/acorn/devices");
        Assert.Contains(device.GetProperty("items").EnumerateArray(), d => d.Text("externalRef") == "D2");
        var taken = (await program.CallAsync(HttpMethod.Put, Records, new { people = new[] { new { @ref = "F", name = "Fake", email = portal.World.Acorn.Manager.Email } } })).Body;
        Assert.Equal($"{portal.World.Acorn.Manager.Email} is the address of E here already.", taken.GetProperty("rejected")[0].Text("reason"));
        // the same references at another client are other things
        using var birch = await portal.ProgramAsync(portal.World.Birch.Client);
        Assert.Equal("1", (await birch.CallAsync(HttpMethod.Put, Records.Replace("acorn", "birch", StringComparison.Ordinal), new { sites = new[] { new { @ref = "S1", name = "Depot" } } })).Body.Text("made"));
        Assert.Equal(422, (await program.CallAsync(HttpMethod.Put, Records, new { people = "all" })).Status);
        Assert.Equal(400, (await program.CallAsync(HttpMethod.Put, Records, new { persons = Array.Empty<int>() })).Status);
    }

    [Fact]
    public async Task Old_tickets_come_in_silently_once_and_are_found()
    {
        await Desk.FurnishAsync(portal);
        using var program = await portal.ProgramAsync(portal.World.Acorn.Client);
        object[] tickets = [.. Enumerable.Range(1, 6).Select(i => new { @ref = $"OLD-{i}", on = "2026-03-0" + i, at = "10:15", person = "old-hand", channel = "mail", subject = $"Quokka scanner {i} jams", text = "It jams every time.", impact = "one", urgency = "slowed", assignee = "sam", messages = new[] { new { from = "sam", after = "25m", text = "Please clean the rollers." } }, resolution = new { after = "3h", summary = "Rollers cleaned", cause = "Dust" } })];
        var people = new[] { new { @ref = "old-hand", name = "Old Hand", email = "old.hand@acorn.example" } };
        var jobs = await JobsAsync();
        var done = (await program.CallAsync(HttpMethod.Put, Records, new { people, tickets })).Body;
        Assert.True("6" == done.Text("tickets"), done.ToString());
        Assert.Empty(done.GetProperty("rejected").EnumerateArray());
        Assert.Equal(jobs, await JobsAsync());
        Assert.Equal("0", (await program.CallAsync(HttpMethod.Put, Records, new { people, tickets })).Body.Text("tickets"));

        Assert.Equal(6, (await program.AskAsync("/api/v1/clients/acorn/search?q=quokka")).Body.GetProperty("tickets").GetArrayLength());
        var (_, list, _) = await program.AskAsync("/api/v1/clients/acorn/tickets?open=false&limit=200");
        var one = list.GetProperty("items").EnumerateArray().First(t => t.Text("externalRef") == "OLD-2");
        var (_, read, _) = await program.AskAsync($"/api/v1/clients/acorn/tickets/{one.Text("number")}");
        Assert.Equal(("OLD-2", "Rollers cleaned", "2026-03-02"), (read.Text("externalRef"), read.GetProperty("resolution").Text("summary"), read.Text("openedAt")[..10]));

        var report = new { contact = "old-hand", text = "New one", externalRef = "PSA-9" };
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => program.GiveAsync("/api/v1/clients/acorn/tickets", report)));
        Assert.Equal([200, 200, 200, 201], made.Select(m => m.Status).Order());
        Assert.Single(made.Select(m => m.Body.Text("number")).Distinct());
    }

    private Task<List<string>> RefsAsync() => Server.ListAllAsync<string>(portal.Owner, $"select external_ref from contact where external_ref like 'PSA%' and tenant_id = '{portal.World.Acorn.Id}'");

    private async Task<long> JobsAsync() => (await Server.ListAsync<long>(portal.Owner, "select count(*) from job where kind = 'ticket-events'"))[0];
}
