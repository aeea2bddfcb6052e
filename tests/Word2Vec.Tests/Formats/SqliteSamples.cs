using System.IO.Compression;

namespace Word2Vec.Tests.Formats;

/// <summary>
/// Databases that sqlite3 3.40.1 wrote with pages of 512 bytes: a table of notes, and one embeddings(id, "count", embedding, kind, word,
/// extra) whose rows i = 1, 3, 4, … have the id 3·i, the count 100·i² − 200, the word w{i} and the components i + j/4; extra was added
/// later.
/// </summary>
internal static class SqliteSamples
{
    /// <summary>23 vectors of 160 components, each on overflow pages.</summary>
    public static byte[] Split => Unpack("""
        H4sIAAAAAAACA+3cf2jUdRzH8c/n5tymm3c3nZtuzu+muc1uuu3mftTSbbZaaT/8UfbDyrvdd/PadlvnmWfNNOkbIhISEWISEhFSERIREhISIUM0JCIkLIZESUhYhEhJ9P
        zu+7kk/2gucH773veDj+8ddx57e6/v+/P5/lDXrFoZTeha90C8P5TQgsIjpBStmiYET4WYh0xIZGCSuDqkGHt4xKIumWc+kflCHmdj+/FirSersKxM7qxOhMJ9ut4f1iOR
        aKxn09VnGctXd7St7dDWtrWv7NDKr75RXhmNaNFYQu/R49pgPNofim/VevWtAa28a2BzLFGeejOg/f0hLdw3EA5ovdFYREvoyYQW0btDm/sSWkUoEK6qCGhbBuLWO3womY
        iH1POujXpXLz9vaU1VVZOcXFhYKFeNVhwbSOibRjeef9Q5+lJl6uPh0Z9bZWYj5WXBL3ek0ZgsM7y+mPSYzZ0lvzVfKpN/yEvyF3lB/ijPWS+54/8+5ixjM6uBTUE1G/98
        NnnFbHLMqTg7x/w9RW1ClEDDfFQigBrUowktaMWd6MRKPIi1eATrsQERbEQfBpFAEkPYgZ14CS9jF3ZjD17BXryK1/A69mE/DuBNHMRbeBvv4BDexfv4AIfxIT7CxziCT3
        AUn+IYPsPnOI5hnMBJfIHT+BJf4WucwTc4i+8wgnP4Hj/gPH7CBfyMi/gVv+ESLuN3XMGfEO3MtfAgA5OQicnIQjZyMAVTkYs8TIMXPviRj+mYgQLMRCGKMAuzUYwSzEEp
        5kJDGcoxr91cXbbUuh3iDre/ndjfzOW4BQtQgUpUYSFutfo/aObv5p0OebOmoxqLsNjKvz5PnOIkLShkD5vgdU0XhjcnS3h25xb4PUeZNFrZcbABg9iBXdiLfTiIQziMIz
        iGYZzGGYzgPC7iMgRf7CRkIxc+zGgb+yDFPKbFfntOsca0jCwhze/sAF8Rx2QHcQwj5vEZf2wfNNS0TtxXap7P542e2NcJ2S1O8nBd8eer+PM6b1yc412TGFMNr1dVln1l
        4na8sSplTDG8uaqyzOTNa5FrKzVP/cyNO9+nw3zPfoBa1CFozf9LzPzdvNMhb+YALEEDGq38zQsDbt5pkTfzP5pxG2638m/8L+t/sVrLSs/euPV8vHMSw2t4i1RlRU0Td+
        QxVqWMaYa3QFWWv/7mHSNdWykj19y4/Z4O/c6+gjuwFMus/jf7xM07LfJmnkAb2rHcyr9ZWNOPG7fT42aJQAfuwt3q8n+Ntf4vFlIXJ3gYc/H3zbcWsumNSRtdMKay6Yav
        TJW2aMhG964oLd/wlarSFnTa6DYbpflU/7v97vR+Z3/CPbgXK1T/16r83bydnjdzCe7D/XhA5V+n8nfzdnrerCNYhdVYo/IPjnv9r1Yr2boSG10wpLJCw7dQlbZi2EbXsi
        ltpuGrUKW1tdjoNiulzVD97/a70/udfQ4P4WGsU/1fr/J383Z63sw3eBSP4XGV/xKVv5u30/NmrcETeBJPqfwbxr3+N6iVbNuwjS4YUlmx4Quq0gZLbHQtm9JmG74aVVpX
        k41us5l/9Vf1v9vvTu93jjMRQhhdqv8bVf5u3k7Pm3MM6OhGj8q/SeXv5u30vDm/RBRPo1fl32yt/wEhI2KYh39f/P3LskSGuYyJ94ZsdL2Q0uYa/pZUbW8kbXQtm9pKDX
        9zqrY9LTa6z0ZtJar/3X53er8L0Yd+xDBg9X9djcrfzdvpeQsxiGcQxyaVf+r+j5u30/MWIoHNeBZbVP5141v/O1Pr2EiTja4Xmv9PgeHvSNV26qyNrmVTW7nhb0/VdrTT
        RvfZqE1T/e/2u9P7XYgktuI5PK/6f/RffLl5p0HeQgxhG17AdpV//V8jT3uTAEYAAA==
        """);

    /// <summary>119 vectors of 3 components.</summary>
    public static byte[] Whole => Unpack("""
        H4sIAAAAAAACA+3WfXiVdR3H8e9vY2M8jI2H8bDdR88mwmYDztnZds6Ih23yMBUJEOVBoG3sAIM94DiDoWA7t5iEFGCUhlSoRFPQyMzIqAjIJmCAkpGhImINsiLhKir/6H
        32+56oy6zL/+rK++JzrsP9uu77d/++v+/v7L5l6qTaSNi7oLGpviriDUiCGCOlXq8IX0V6yJUjkXT5h/8b+c9Hggyfb1JjX0wfMc/z8V9/RP0JXQdkZxt3WKSqui4crq8O
        19TUNixcduVb4vXTxpdNH++dXlY+abw35wrk5NbWeGsbIuGF4Sbv0qba+qqmld4l4ZX53pz5jc0NkZw45nv/fpG3uq6xOt+7pLahxhsJt0S8NeEFVc11Ee/QqvzqvKH53h
        WNTVa4qCXSVKXf5y8Kz1/CeGN8eXkhkzxgwAAztfOJGxoj4WWdHwn/9Jydp3Ljl1d3jpsXWxtjLgv/Pjr+j45kk5iW3mASkvje1ZyMneph/mr+aC6Y8+ased2e+uj4Hz66
        u2P47Ob25jMlWhNb6GgwtvTR7nwmzY39nPtSzQuSJiPFvG2eNJtMs5llRptskyQdcliekk0SkRnwyPffPsuXLAmDM/rOD4m0lom4ZE1Z7Ddrhb84a5jFGY7IUiBCWhSLsq
        6zeFO7SCVQQxYpFmYNtVg2SmQKMJ3MVAxkDbYYbBEpBcaRCsWCrGyLw1eJ+IBCElL0Z11lcUiFiBcYTHIVfZlZndj7qlMi6UA/MtBiSeZAawOZpnC+C0mxFsrMsNZnjsjp
        UpEOcqG004KZfaylMuA+zreTY9aKM9Ospbwnso3zbWS3taLMntaSmGIr59eSjdYKM7tZS9jL9Dk/hVRaC/B0zgd1wqDEZDFct5VbjmVIsm+snXvs9z9NSsW8xV/nNrPO1J
        nJxsff6UvyiuyRLbJK5sEfeDhzkyWRuprl3PwytfkLec/WJ+B3ZqvOY6kvIO+SS6o+Z4bqRObTgZwn71gtKHGmq/qpxGnkDDmrGnKmqmZRw5PIq+SUatCZrNqV6h9DXiIn
        VIudm6zKRdatHTlEjqgWORWqp1nxfch+clC10Bmv+iK9sgd5juxVDTjlqnsZdzfyNHlGtcAZq7qTDm1DniC7VP3OKNWHme825FGyXdXnlKiuZ188hGwhW7WBS7KKbXevps
        wbgQfIZsVQVsDiUvpjLbCOrFcM2vVn/58xB80Os9YsNpPMcJMu78oJeVYelBaZ9a92Pysf7W4fKbGEUUPlIiVkZLlt1WIn2lW5P09cCBWRYuUiJ9rFcsJFpuuD/KRAudCJ
        GuXj1CofGkaGKwecu1V3U+dcJI9cp1rg3KW6gTUajFxLhqj6nRbVpayvF8kmOao+p1l1Kr3hIB5yldVAidOkGmDcgcggkqkachpVM+jJfkgG6a8adOq0J//MhNOR3qSPar
        FTq/oae6Enkkp6qRY5C1T3U+oUpBvprlrozFdtYw92QZJIsmrAqVTdEPsFQwxJUC2w6z9CzJtmv3nMrDFhM8EMNSlyTg7JTlkv9TIZvrLoQXu3pF08Z4Q7NZPl9m7Ffida
        qLyaSS6F7iBNyj4n6leeTIXqoHrSYLmoxIkOV86mvIugWrJYOeREP2a5yyXWpgYKkwXKQSeaq9zORCuhKlKtTD9eq7yVrpgDzSXzlOnHHOUmxp4JzSKzlenHq5Ur6Mfp0K
        3kNuWAE3WUr2beU6CpZJpygRMdpHvhT+yFSdDNZLIyVeuvfJTlrYBuIDcqU7W+yo+zg8dB48kE7Viqlq58D/MuhcpIuTJVS1Wex9WjoNFkjHLwQ69/jb1bylEm+lC5tBL5
        kr1bkCJXKW+mTF+EiTyoTJHnKc+myJthIl9Qpsi3K3tZogdgIp9XpsgzLXftYKIbYSKblCnyrcq7aY/PwUQ2KFPkacorGXs9TOSzyhT5E8rltOY6mMj92rkUeZJyKvNeCx
        P5jDJFvsFy8km2xadhIvcp05oTlLezwGtgIvcqU7Xrle9gA7swkXuUqVqp8tjYqxZMJKpM1UYrp3L1Kmg1uVuZqo3UTXWKsVugleRO5Q+9/93e9m49H6FMz/IsRL5j71bi
        d9xeyrdT5GdgIt9W9jluD+UMluhpmMi3LIdKHDfFco9jTHQ3TOSbyiHHTVK+n/Z4CibyDeWg4yYoVzD2LpjIk8oU+VPKSbTmEzCRncoUeZXl7gdY4DaYyOPKFHmlsssO3g
        ET+boyRV6uXEaRt8NEvqZMay5TTmAPPgoTeUyZ1lxqudsB5r0NJvKIMq1Zr3wvV38FJvJV7Vxac7HyRMbeChP5sjKtuVC5B0++BSbysLLu/9z3r3+HtEubrJVFUgGLxx3T
        eZuM3oOp7gluQ+Rn5foGXexxP249/TiL8xJO5OW4F3nckHorczyGEzke90KPW6Q+gtb4KU7kaNwDHrfAetobjH8EJ/Ji3As87gj1DTTmIZzI4bj7PW6+ehnr244TeSHutG
        aeLVOvi+zg53EiP9HOpTWHKO+gyAdhIj9WpjWvUZ7NHtwPEzmgTGt6ldNi75QwkR8pFzuux3LqQa7+AUzkh8pFjpupfCdj74WJfF+50HEHKPt58udgIt9TDjhuP91z55j4
        HpjId5U793+v2Pv/abPPbDOtptKUGq/hjVv2yTZplcp/9/Yf64tFtq4Zl5naBW5P5A9a1wKfxw2rb6EvfocT+b26v8TjVquPYV3fwYn8Nu4hj/tJ6/3OsG3P40R+E/egx5
        2jfh/T68CJnIs7fTlLfRjt/yucyK/jTl/eZr3vyxT3LE7k7bjTl7eo38XmO4MTeSvu9OUU9WuY/2mcyJtxpy9vtt7nCNe/jhN5I+705Y3qzYx/CifyWtyp30R1L8//Kk7k
        l/G+pX7jdF8eZv4ncSK/iDv1K1NfQf1ewYn8PO7BvwGd7OQfABYAAA==
        """);

    private static byte[] Unpack(string packed)
    {
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }
}
