using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using Xunit;

namespace TenantPortal.Domain.Tests.Knowledge;

public sealed class VariableResolverTests
{
    private static readonly TenantId Client = TenantId.New();
    private static readonly Site High = new() { TenantId = Client, Name = "High Street" };
    private static readonly Site Bell = new() { TenantId = Client, Name = "Bell Lane" };
    private static readonly Device Laptop = new() { TenantId = Client, Name = "LT-1", Os = "windows", OsVersion = "Windows 11 24H2" };

    [Fact]
    public void The_nearest_level_wins()
    {
        var values = new[] { Value(VariableLevel.Library, default, "l"), Value(VariableLevel.Client, default, "c"), Value(VariableLevel.Site, High.Id.Value, "s"), Value(VariableLevel.Device, Laptop.Id.Value, "d") };
        Assert.Equal("d", Find(values, "app.url", new(Site: High, Device: Laptop)));
        Assert.Equal("s", Find(values, "app.url", new(Site: High)));
        Assert.Equal("c", Find(values, "app.url", new(Site: Bell)));
        Assert.Equal("c", Find(values[..2], "app.url", ReaderPlace.Unknown));
        Assert.Equal("l", Find(values[..1], "app.url", ReaderPlace.Unknown));
        Assert.Null(Find([], "app.url", new(Site: High, Device: Laptop)));
    }

    [Fact]
    public void A_value_is_open_only_where_site_device_or_person_can_change_it()
    {
        var resolver = new VariableResolver(new() { Name = "Acorn", Values = [Value(VariableLevel.Site, High.Id.Value, "x")], Printers = [Printer("Company", null)] });
        Assert.True(resolver.IsOpen("app.url"));
        Assert.True(resolver.IsOpen("person.first_name"));
        Assert.True(resolver.IsOpen("device.os"));
        Assert.False(resolver.IsOpen("client.name"));
        Assert.False(resolver.IsOpen("printer.name"));
        Assert.True(new VariableResolver(new() { Name = "Acorn", Printers = [Printer("Front", High.Id)] }).IsOpen("printer.name"));
    }

    [Fact]
    public void A_site_uses_its_default_printer_or_else_the_companys()
    {
        var facts = new ClientFacts { Name = "Acorn", Printers = [Printer("Company", null), Printer("Back", High.Id), Printer("Front", High.Id, isDefault: true)] };
        Assert.Equal("Front", Find(facts, "printer.name", new(Site: High)));
        Assert.Equal("Company", Find(facts, "printer.name", new(Site: Bell)));
        Assert.Equal("Company", Find(facts, "printer.name", ReaderPlace.Unknown));
    }

    [Fact]
    public void A_sites_own_printer_is_never_completed_from_the_companys()
    {
        var front = Printer("Front", High.Id);
        front.Address = null;
        var facts = new ClientFacts { Name = "Acorn", Printers = [Printer("Company", null), front] };
        Assert.Null(Find(facts, "printer.address", new(Site: High)));
        Assert.Equal("Company address", Find(facts, "printer.address", new(Site: Bell)));
    }

    [Fact]
    public void A_vpn_profile_is_the_sites_or_the_companys()
    {
        var facts = new ClientFacts { Name = "Acorn", VpnProfiles = [new() { TenantId = Client, Name = "All", App = "App", Gateway = "all.example" }, new() { TenantId = Client, Name = "Bell", App = "App", Gateway = "bell.example", SiteId = Bell.Id }] };
        Assert.Equal("all.example", Find(facts, "vpn.gateway", new(Site: High)));
        Assert.Equal("bell.example", Find(facts, "vpn.gateway", new(Site: Bell)));
    }

    [Fact]
    public void Records_speak_for_person_site_and_device()
    {
        var place = new ReaderPlace("Eve", High, Laptop);
        var facts = new ClientFacts { Name = "Acorn", Phone = "020", Hours = "9-5" };
        Assert.Equal(["Eve", "High Street", "LT-1", "Windows 11 24H2", "Acorn", "020"], new[] { "person.first_name", "site.name", "device.name", "device.os", "client.name", "client.phone" }.Select(n => Find(facts, n, place)));
        Assert.Null(Find(facts, "device.name", new("Eve", High)));
    }

    [Theory]
    [InlineData("url", "https://mail.example/a?b=c", true), InlineData("url", "http://mail.example", false), InlineData("url", "javascript:alert(1)", false), InlineData("url", "https://me@evil.example", false), InlineData("url", "mail.example", false)]
    [InlineData("email", "a@b.example", true), InlineData("email", "a@b@c", false), InlineData("email", "a b@c", false), InlineData("email", "a@b?subject=x", false)]
    [InlineData("phone", "+44 20 7946 0000", true), InlineData("phone", "ask Dana", false)]
    [InlineData("text", "Front desk", true), InlineData("text", "{{client.name}}", false), InlineData("text", "a\u0007b", false), InlineData("text", "a\uE000b\uE001", false), InlineData("number", "12", true), InlineData("number", "many", false)]
    public void A_value_counts_only_when_it_is_what_its_type_says(string type, string value, bool fits) => Assert.Equal(fits, VariableShape.Fits(type, value));

    [Fact]
    public void A_value_that_does_not_fit_its_type_counts_as_missing()
    {
        var resolver = new VariableResolver(new() { Name = "Acorn", Values = [Value(VariableLevel.Client, default, "not a link")] });
        Assert.Null(resolver.ForClient("app.url", new("url", true, null, "", null)));
        Assert.Equal("not a link", resolver.ForClient("app.url", new("text", true, null, "", null)));
    }

    private static string? Find(IReadOnlyList<VariableValue> values, string name, ReaderPlace place) => Find(new ClientFacts { Name = "Acorn", Values = values }, name, place);

    private static string? Find(ClientFacts facts, string name, ReaderPlace place)
    {
        var resolver = new VariableResolver(facts);
        return resolver.For(name, new("text", true, resolver.ForClient(name, new("text", true, null, "", null))), place);
    }

    private static VariableValue Value(VariableLevel level, Guid owner, string value) => new() { TenantId = Client, Level = level, OwnerId = owner, Name = "app.url", Value = value };

    private static Printer Printer(string name, SiteId? site, bool isDefault = false) => new() { TenantId = Client, Name = name, SiteId = site, Address = name + " address", IsDefault = isDefault };
}
