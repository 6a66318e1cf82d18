using System.Reflection;
using System.Reflection.Emit;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Tests.Structure;

/// <summary>Who may use whom, read from the compiled code: signatures, fields and every call in every method body.</summary>
public sealed class LayoutTests
{
    private static readonly Assembly Domain = typeof(TenantId).Assembly;
    private static readonly Assembly Web = typeof(PortalApp).Assembly;

    // inside Domain, an arrow to the right-hand side is lawful; everything may use Tenancy and Audit
    private static readonly Dictionary<string, string[]> DomainMay = new(StringComparer.Ordinal)
    {
        ["Tenancy"] = [], ["Audit"] = [], ["Search"] = [], ["People"] = [], ["Sla"] = [],
        ["Tickets"] = ["People", "Search"], ["Triage"] = ["People", "Tickets", "Contracts", "Search"], ["Contracts"] = ["People", "Tickets", "Sla"],
        ["Escalation"] = ["People", "Tickets", "Contracts", "Sla"],
        ["HandOver"] = ["People", "Tickets", "SelfService"],
        ["Knowledge"] = ["People", "Search"], ["SelfService"] = ["People", "Tickets", "Knowledge", "Search", "Sla"],
    };

    // feature to feature: only these, through a use case or a query class; Shared holds layout and partials, Composition is the table of contents
    private static readonly Dictionary<string, string[]> FeatureMay = new(StringComparer.Ordinal)
    {
        ["Tickets"] = ["Triage", "Contracts", "Search"],
        ["SelfService"] = ["Tickets", "Knowledge"],
        ["Reporting"] = ["Tickets", "Knowledge", "SelfService", "Triage"],
        ["Requests"] = ["Tickets", "SelfService", "Knowledge"],
        ["Portal"] = ["Tickets", "Knowledge", "Requests"],
        ["Desk"] = ["Tickets", "Knowledge", "SelfService", "Triage", "Approvals", "Escalation"],
        ["SignInHelp"] = ["Tickets", "People"],
        ["ClientSetup"] = ["Knowledge", "People", "Look"],
        ["HandOver"] = ["Desk", "Tickets", "Knowledge", "Triage"],
        ["Approvals"] = ["Tickets"],
        ["Secrets"] = ["Tickets"],
        ["Escalation"] = ["Tickets", "Triage"],
        ["ContentImport"] = ["Knowledge", "Tickets", "SelfService", "Triage", "Contracts"],
        ["Contracts"] = ["Triage"],
        ["Readiness"] = ["Contracts"],
        ["Api"] = ["Tickets", "Knowledge", "ContentImport"],
        ["Upkeep"] = ["ContentImport"],
        ["Messages"] = [],
        ["Live"] = [],
    };

    [Fact]
    public void Domain_references_nothing_but_calendars()
    {
        var references = Domain.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n != "NodaTime" && !n.StartsWith("System", StringComparison.Ordinal) && n != "netstandard").ToList();
        Assert.Empty(references);
        var users = Uses(Domain).Where(u => u.To.Namespace?.StartsWith("NodaTime", StringComparison.Ordinal) == true).Select(u => Part(u.From, 2)).Distinct();
        Assert.Equal(["Sla"], users);
    }

    [Fact]
    public void Domain_folders_use_each_other_only_downwards()
    {
        var wrong = Uses(Domain).Where(u => u.To.Assembly == Domain && u.To.Namespace?.StartsWith("TenantPortal", StringComparison.Ordinal) == true).Select(u => (From: Part(u.From, 2), To: Part(u.To, 2), Where: u.From.FullName))
            .Where(u => u.To.Length > 0 && u.From != u.To && u.To is not ("Tenancy" or "Audit") && !(DomainMay.GetValueOrDefault(u.From)?.Contains(u.To) ?? false));
        Assert.Empty(wrong.Select(u => $"{u.From} -> {u.To} in {u.Where}").Distinct());
        Assert.True(Uses(Domain).Count() > 500, "the reader of method bodies found nothing");
    }

    [Fact]
    public void Infrastructure_never_uses_features()
    {
        var wrong = Uses(Web).Where(u => Part(u.From, 2) == "Infrastructure" && Part(u.To, 2) == "Features").Select(u => $"{u.From.FullName} -> {u.To.FullName}").Distinct();
        Assert.Empty(wrong);
    }

    [Fact]
    public void Features_use_other_features_only_on_the_list()
    {
        var wrong = Uses(Web).Where(u => Part(u.From, 2) == "Features" && Part(u.To, 2) == "Features").Select(u => (From: Part(u.From, 3), To: Part(u.To, 3), Where: u.From.FullName))
            .Where(u => u.From.Length > 0 && u.To.Length > 0 && u.From != u.To && u.To != "Shared" && !(FeatureMay.GetValueOrDefault(u.From)?.Contains(u.To) ?? false));
        Assert.Empty(wrong.Select(u => $"{u.From} -> {u.To} in {u.Where}").Distinct());
    }

    [Fact]
    public void Only_tenancy_and_jobs_read_the_directory()
    {
        var wrong = Uses(Web).Where(u => u.To.Name == "DirectoryDb" && Part(u.From, 2) is not ("") && !(Part(u.From, 2) == "Infrastructure" && Part(u.From, 3) is "Tenancy" or "Jobs" or "Data") && u.From.Name != "PortalApp" && u.From.DeclaringType?.Name != "PortalApp");
        Assert.Empty(wrong.Select(u => u.From.FullName).Distinct());
    }

    [Fact]
    public void No_type_is_named_after_nothing()
    {
        string[] banned = ["Manager", "Helper", "Util", "Utils", "Common", "Base", "Impl", "Info", "Dto", "Processor", "Service"];
        var wrong = Domain.GetTypes().Concat(Web.GetTypes()).Where(t => t.Namespace?.StartsWith("TenantPortal", StringComparison.Ordinal) == true && !t.Name.Contains('<', StringComparison.Ordinal) && !t.IsEnum && !t.Name.EndsWith("TagHelper", StringComparison.Ordinal) && banned.Any(b => t.Name.EndsWith(b, StringComparison.Ordinal)));
        Assert.Empty(wrong.Select(t => t.FullName));
    }

    private static string Part(Type type, int at)
    {
        var parts = (type.Namespace ?? "").Split('.');
        return at < parts.Length ? parts[at] : "";
    }

    private sealed record Use(Type From, Type To);

    private static IEnumerable<Use> Uses(Assembly assembly)
    {
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var type in assembly.GetTypes().Where(t => t.Namespace?.StartsWith("TenantPortal", StringComparison.Ordinal) == true))
        {
            foreach (var used in Named(type.BaseType).Concat(type.GetInterfaces().SelectMany(Named)).Concat(type.GetFields(all).SelectMany(f => Named(f.FieldType)))) yield return new(type, used);
            foreach (var method in type.GetMethods(all).Cast<MethodBase>().Concat(type.GetConstructors(all)))
            {
                var signature = method.GetParameters().Select(p => p.ParameterType).Append(method is MethodInfo m ? m.ReturnType : typeof(void));
                foreach (var used in signature.SelectMany(Named).Concat(Body(method))) yield return new(type, used);
            }
        }
    }

    private static IEnumerable<Type> Body(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) yield break;
        for (var i = 0; i < code.Length;)
        {
            var op = code[i] == 0xfe ? Wide[code[++i]] : Narrow[code[i]];
            i++;
            if (op.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                foreach (var used in Resolve(method, BitConverter.ToInt32(code, i))) yield return used;
            i += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, i),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Resolve(MethodBase method, int token)
    {
        MemberInfo? member;
        try { member = method.Module.ResolveMember(token, method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null); }
        catch (ArgumentException) { return []; } // a token of another kind at this place (a signature)
        return member switch
        {
            Type type => Named(type),
            MethodInfo called => Named(called.DeclaringType).Concat(called.IsGenericMethod ? called.GetGenericArguments().SelectMany(Named) : []),
            _ => Named(member?.DeclaringType),
        };
    }

    private static IEnumerable<Type> Named(Type? type) => type switch
    {
        null => [],
        { HasElementType: true } => Named(type.GetElementType()),
        { IsGenericParameter: true } => [],
        { IsGenericType: true } => type.GetGenericArguments().SelectMany(Named).Prepend(type.GetGenericTypeDefinition()),
        _ => [type],
    };

    private static readonly Dictionary<byte, OpCode> Narrow = Codes(1), Wide = Codes(2);

    private static Dictionary<byte, OpCode> Codes(int size) => typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (OpCode)f.GetValue(null)!).Where(o => o.Size == size).ToDictionary(o => (byte)(o.Value & 0xff));
}
