namespace TenantPortal.Domain.Search;

/// <summary>Analysed documents as bytes, so that a library comes back without being read and cut anew.</summary>
public static class DocumentPack
{
    /// <summary>Names the code that cut the documents: another build may cut otherwise.</summary>
    public static string Format { get; } = typeof(DocumentPack).Module.ModuleVersionId.ToString("n");

    public static void Write(PackWriter pack, IReadOnlyList<AnalysedDocument> documents)
    {
        var (texts, places) = Numbered(documents);
        pack.Texts(texts);
        pack.Number(documents.Count);
        foreach (var document in documents) Write(pack, document, places[document.Texts]);
    }

    public static AnalysedDocument[] Read(PackReader pack)
    {
        List<string> texts = [.. pack.Texts()];
        var documents = new AnalysedDocument[pack.Count()];
        for (var i = 0; i < documents.Length; i++) documents[i] = Document(pack, texts);
        return documents;
    }

    /// <summary>The texts of all documents once, and for each row of documents where its own stand there.</summary>
    private static (List<string> Texts, Dictionary<List<string>, int[]> Places) Numbered(IReadOnlyList<AnalysedDocument> documents)
    {
        var texts = new List<string>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var places = new Dictionary<List<string>, int[]>(ReferenceEqualityComparer.Instance);
        foreach (var document in documents)
        {
            if (!places.TryGetValue(document.Texts, out var known)) places[document.Texts] = known = new int[document.Texts.Count];
            foreach (var key in document.Keys)
            {
                if (!numbers.TryGetValue(document.Texts[key], out var number))
                {
                    numbers[document.Texts[key]] = number = texts.Count;
                    texts.Add(document.Texts[key]);
                }

                known[key] = number;
            }
        }

        return (texts, places);
    }

    private static void Write(PackWriter pack, AnalysedDocument document, int[] places)
    {
        pack.Text(document.Id);
        pack.Number((int)document.Audience);
        pack.Number(document.MinimumTier);
        pack.Texts(document.AppliesTo.Systems);
        pack.Texts(document.AppliesTo.Apps);
        pack.Texts(document.AppliesTo.Devices);
        foreach (var length in document.Lengths) pack.Number(length);
        pack.Number(document.Keys.Length);
        for (var i = 0; i < document.Keys.Length; i++)
        {
            pack.Number((ulong)places[document.Keys[i]]);
            Write(pack, document.Frequencies[i]);
        }

        pack.Number(document.Order.Length);
        // a gap is 0
        foreach (var place in document.Order) pack.Number((ulong)(ushort)(place + 1));
    }

    /// <summary>Which fields have the term, and how often each of these.</summary>
    private static void Write(PackWriter pack, ulong frequencies)
    {
        byte fields = 0;
        for (var field = 0; field < AnalysedDocument.Fields; field++)
            if (Packed.Of(frequencies, (SearchField)field) > 0) fields |= (byte)(1 << field);
        pack.Byte(fields);
        for (var field = 0; field < AnalysedDocument.Fields; field++)
            if ((fields & 1 << field) != 0) pack.Byte((byte)Packed.Of(frequencies, (SearchField)field));
    }

    private static AnalysedDocument Document(PackReader pack, List<string> texts)
    {
        var (id, audience, tier) = (pack.Text(), (Audience)pack.Number(), (int)pack.Number());
        var appliesTo = new AppliesTo(pack.Texts(), pack.Texts(), pack.Texts());
        var lengths = new int[AnalysedDocument.Fields];
        for (var field = 0; field < lengths.Length; field++) lengths[field] = (int)pack.Number();
        var keys = new int[pack.Count()];
        var frequencies = new ulong[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = (int)pack.Plain();
            if ((uint)keys[i] >= (uint)texts.Count) throw new FormatException("The pack names a word that it has not.");
            var fields = pack.Byte();
            for (var field = 0; field < AnalysedDocument.Fields; field++)
                if ((fields & 1 << field) != 0) frequencies[i] |= (ulong)pack.Byte() << (field * 8);
        }

        var order = new ushort[pack.Count()];
        for (var i = 0; i < order.Length; i++) order[i] = (ushort)(pack.Plain() - 1);
        return new AnalysedDocument(id, audience, tier, appliesTo, texts, keys, frequencies, order, lengths);
    }
}
